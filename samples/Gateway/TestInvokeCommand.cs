using ApiGateway.Middleware.Definitions;
using ApiGateway.Middleware.Hosting.TestInvoke;

namespace Gateway;

/// <summary><c>--test-invoke API STAGE METHOD PATH [--header N:V]... [--body TEXT]</c>: one request through one method, without a server.</summary>
internal sealed class TestInvokeCommand
{
    private const string Usage = "Usage: --test-invoke API STAGE METHOD PATH [--header NAME:VALUE]... [--body TEXT]";

    private readonly Dictionary<string, List<string>> _headers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _rest = [];
    private readonly List<string> _words = [];
    private string? _body;
    private string? _error;

    /// <summary>Gets the arguments that are not the command's.</summary>
    public string[] Rest => [.. _rest];

    /// <summary>Finds the command among the program's arguments.</summary>
    /// <returns>The command, or <see langword="null"/> if there is none.</returns>
    public static TestInvokeCommand? Parse(string[] args)
    {
        if (!args.Contains("--test-invoke"))
        {
            return null;
        }

        var command = new TestInvokeCommand();
        for (var i = 0; i < args.Length; i++)
        {
            i += command.Take(args[i], args.AsSpan(i + 1));
        }

        return command;
    }

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code: 0 if the request came to an answer, whatever its status, else 1.</returns>
    public async Task<int> RunAsync(IServiceProvider services, TextWriter output, TextWriter errors)
    {
        if (_error is not null)
        {
            await errors.WriteLineAsync($"{_error} {Usage}");
            return 1;
        }

        var request = new TestInvokeRequest(_words[0], _words[1], _words[2], _words[3]) { Body = _body };
        foreach (var (name, values) in _headers)
        {
            request.MultiValueHeaders[name] = values;
        }

        try
        {
            var result = await services.GetRequiredService<IGatewayTestInvoker>().InvokeAsync(request);
            await output.WriteAsync($"Status: {result.Status}\nLatency: {(long)result.Latency.TotalMilliseconds} ms\n\n{result.Log}");
            return 0;
        }
        catch (Exception exception) when (exception is TestInvokeException or DefinitionException)
        {
            await errors.WriteLineAsync(exception.Message);
            return 1;
        }
    }

    // How many of the arguments behind it belong to it.
    private int Take(string arg, ReadOnlySpan<string> following)
    {
        switch (arg)
        {
            case "--test-invoke":
                if (following.Length < 4 || following[..4].ToArray().Any(static word => word.Length == 0 || word.StartsWith("--", StringComparison.Ordinal)))
                {
                    _error ??= "--test-invoke needs four words.";
                    return 0;
                }

                _words.AddRange(following[..4]);
                return 4;

            case "--header":
                AddHeader(following);
                return Math.Min(1, following.Length);

            case "--body":
                _body = following is [var body, ..] ? body : null;
                _error ??= _body is null ? "--body needs a text." : null;
                return Math.Min(1, following.Length);

            default:
                _rest.Add(arg);
                return 0;
        }
    }

    private void AddHeader(ReadOnlySpan<string> following)
    {
        var header = following is [var text, ..] ? text : "";
        var colon = header.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
        {
            _error ??= $"--header needs NAME:VALUE, but has '{header}'.";
            return;
        }

        var name = header[..colon].Trim();
        if (!_headers.TryGetValue(name, out var values))
        {
            _headers[name] = values = [];
        }

        values.Add(header[(colon + 1)..].Trim());
    }
}
