using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Schemas;
using ApiGateway.Middleware.Languages.Templates;
using ApiGateway.Middleware.Languages.Templates.Variables;
using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Benchmarks.Languages;

/// <summary>
/// The gateway's side of <c>benchmarks/load/languages</c>. Reads lines: <c>check NAME</c> prints what the work gives; <c>run NAME
/// MILLISECONDS</c> prints the nanoseconds of one time, those of the processor in all threads, and the allocated bytes.
/// </summary>
internal sealed class LanguagePeer : IDisposable
{
    private readonly PooledBufferWriter _output = new();
    private readonly JsonSchema _schema = Samples.Schema();
    private readonly byte[] _purchase = Samples.Purchase();
    private readonly byte[] _wrongPurchase = Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Samples.Purchase()).Replace("\"EUR\"", "\"EURO\"", StringComparison.Ordinal));

    private readonly Dictionary<string, (Template Template, byte[] Body)> _templates =
        new[] { "order", "loop", "pass" }.ToDictionary(static name => name, static name => (Samples.Template(name), Samples.BodyOf(name)));

    public static void Run(TextReader commands, TextWriter answers)
    {
        using var peer = new LanguagePeer();
        while (commands.ReadLine()?.Split(' ') is { } command)
        {
            answers.WriteLine(command[0] == "check"
                ? peer.Check(command[1])
                : peer.Measure(command[1], int.Parse(command[2], CultureInfo.InvariantCulture)));
            answers.Flush();
        }
    }

    public void Dispose() => _output.Dispose();

    private string Check(string name)
    {
        if (name == "schema")
        {
            return $"{Bit(_schema.IsValid(_purchase))}{Bit(_schema.IsValid(_wrongPurchase))}";
        }

        Render(name);
        return Convert.ToHexStringLower(SHA256.HashData(_output.WrittenSpan));

        static char Bit(bool value) => value ? '1' : '0';
    }

    private string Measure(string name, int milliseconds)
    {
        var limit = Stopwatch.Frequency * milliseconds / 1000;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        long count = 0, elapsed;
        do
        {
            for (var i = 0; i < 20; i++)
            {
                if (name == "schema")
                {
                    _schema.IsValid(_purchase);
                }
                else
                {
                    Render(name);
                }
            }

            count += 20;
            elapsed = Stopwatch.GetTimestamp() - start;
        }
        while (elapsed < limit);

        var bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / count;
        processor = Environment.CpuUsage.TotalTime - processor;
        return string.Create(
            CultureInfo.InvariantCulture, $"{elapsed * 1e9 / Stopwatch.Frequency / count:0} {processor.TotalNanoseconds / count:0} {bytes}");
    }

    private void Render(string name)
    {
        var (template, body) = _templates[name];
        _output.Truncate(0);
        template.Render(new GatewayScope(new(new JsonBody(body), ParameterSource.Empty), null, null), _output);
    }
}
