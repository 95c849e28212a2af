using System.Buffers;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Hosting;
using CustomAuthorizer;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway()
    .AddAuthorizer<PartnerAuthorizer>("partners")

    // The same event and answer as in the managed service, so a function written for it runs as it is.
    .AddLambdaFunction("check-token", (payload, answer, context, cancellationToken) =>
    {
        if (!Encoding.UTF8.GetString(payload.Span).Contains("\"Bearer alice\"", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Unauthorized");
        }

        answer.Write("""
            {
              "principalId": "alice",
              "policyDocument": { "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "execute-api:Invoke", "Resource": "*" }] },
              "context": { "department": "sales" }
            }
            """u8);
        return ValueTask.CompletedTask;
    })
    .AddHandler("who", async http =>
    {
        var gateway = http.Features.Get<IGatewayFeature>()!;
        var values = string.Join(", ", gateway.AuthorizerContext.Select(item => $"{item.Key}={item.Value}"));
        await http.Response.WriteAsync($"{http.User.Identity?.Name} ({values}) asks {http.Request.Method} {http.Request.Path}\n");
    });

var app = builder.Build();
app.UseApiGateway();
await app.RunAsync();
