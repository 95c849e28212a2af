using System.Buffers;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.FunctionalTests.Harness;
using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace ApiGateway.Middleware.FunctionalTests.WebSockets;

/// <summary>A host with the WebSocket API <c>chat</c>, stage <c>prod</c>, whose functions keep their events.</summary>
internal sealed class ChatApi : IAsyncDisposable
{
    /// <summary>What makes a route answer.</summary>
    public const string TwoWay = """ "RouteResponseSelectionExpression": "$default", "RouteResponses": { "$default": {} } """;

    private readonly Channel<JsonElement> _events = Channel.CreateUnbounded<JsonElement>();
    private readonly Dictionary<string, LambdaFunction> _functions = [];

    private Action<IApiGatewayBuilder>? _gateway;
    private HttpProtocols _protocols = HttpProtocols.Http1;

    public TestHost Host { get; private set; } = null!;

    public ManualTimeProvider? Time { get; private set; }

    public IGatewayConnections Connections => (IGatewayConnections)Host.Services.GetService(typeof(IGatewayConnections))!;

    /// <summary>Gets how many events nobody has taken yet.</summary>
    public int EventCount => _events.Reader.Count;

    /// <summary>A route to a function of the name.</summary>
    public static string Lambda(string function, bool isTwoWay = false) =>
        $$"""{ "Integration": { "Type": "AWS_PROXY", "Uri": "{{function}}" }{{(isTwoWay ? "," + TwoWay : "")}} }""";

    /// <summary>Adds a function that keeps its events and answers the same each time; <see langword="null"/> throws.</summary>
    public ChatApi Function(string name, string? answer = "{\"statusCode\":200}") => Function(name, _ => answer ?? throw new InvalidOperationException("no"));

    public ChatApi Function(string name, Func<JsonElement, string> answer) => Function(name, json => ValueTask.FromResult(answer(json)));

    public ChatApi Function(string name, Func<JsonElement, ValueTask<string>> answer)
    {
        _functions[name] = async (payload, target, _, _) =>
        {
            var json = JsonElement.Parse(payload.Span);
            _events.Writer.TryWrite(json);
            target.Write(Encoding.UTF8.GetBytes(await answer(json)));
        };
        return this;
    }

    public ChatApi Gateway(Action<IApiGatewayBuilder> gateway)
    {
        _gateway += gateway;
        return this;
    }

    public ChatApi Over(HttpProtocols protocols)
    {
        _protocols = protocols;
        return this;
    }

    public ChatApi At(ManualTimeProvider time)
    {
        Time = time;
        return this;
    }

    /// <summary>Starts the host.</summary>
    /// <param name="routes">The members of <c>Routes</c>.</param>
    /// <param name="members">More members of the API; each with a comma behind it.</param>
    /// <param name="selection">The route selection expression.</param>
    /// <param name="more">More members of the section; each with a comma behind it.</param>
    /// <param name="stage">The members of the stage.</param>
    /// <param name="access">Who may call <c>@connections</c>.</param>
    public async Task<ChatApi> StartAsync(
        string routes, string members = "", string selection = "$request.body.action", string more = "", string stage = "",
        string access = "NONE")
    {
        Host = await TestHost.StartAsync(new TestHostSetup
        {
            Time = Time,
            Protocols = _protocols,
            Settings = $$"""
                {
                  {{more}}
                  "Apis": {
                    "chat": {
                      "ProtocolType": "WEBSOCKET",
                      "Hosts": [ "127.0.0.1" ],
                      "RouteSelectionExpression": {{JsonSerializer.Serialize(selection)}},
                      {{members}}
                      "Connections": { "AuthorizationType": "{{access}}" },
                      "Stages": { "prod": { {{stage}} } },
                      "Routes": { {{routes}} }
                    }
                  }
                }
                """,
            Gateway = gateway =>
            {
                foreach (var (name, function) in _functions)
                {
                    gateway.AddLambdaFunction(name, function);
                }

                _gateway?.Invoke(gateway);
            },
        });
        return this;
    }

    /// <summary>Takes the next event of any function, in order, and waits until there is one.</summary>
    public Task<JsonElement> NextEventAsync() => _events.Reader.ReadAsync().InTime();

    /// <summary>Opens a connection.</summary>
    public async Task<TestSocket> ConnectAsync(string target = "/prod", Action<ClientWebSocket>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{Host.Port}{target}"), default).InTime();
            return new TestSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that is refused.</summary>
    /// <returns>Status and body of the answer.</returns>
    public async Task<(int Status, string Body)> ShakeAsync(string target = "/prod", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{Host.Port}{target}"));
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Version", "13");
        request.Headers.TryAddWithoutValidation("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return ((int)response.StatusCode, response.StatusCode == HttpStatusCode.SwitchingProtocols ? "" : await response.Content.ReadAsStringAsync());
    }

    /// <summary>Calls <c>@connections</c>.</summary>
    public Task<HttpResponseMessage> CallAsync(HttpMethod method, string connectionId, byte[]? body = null, string stage = "prod")
    {
        var request = TestClient.Request(method, Host.Client.BaseAddress!, $"/{stage}/@connections/{Uri.EscapeDataString(connectionId)}");
        request.Content = body is null ? null : new ByteArrayContent(body);
        return Host.Client.SendAsync(request);
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
