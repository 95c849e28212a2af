using ApiGateway.Middleware.Hosting;
using Microsoft.AspNetCore.Http.HttpResults;
using RestApiWithJwt;

// The API is in appsettings.json: its authorizer, its issuer, and the scopes of each route.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway()
    .AddHandler("orders", static async http =>
    {
        // The gateway has checked the token; the application finds its claims where it always does.
        var (user, department) = (http.User.FindFirst("sub")?.Value, http.User.FindFirst("department")?.Value);
        await http.Response.WriteAsync($"{user} of {department} asks {http.Request.Method} {http.Request.Path}\n");
    });

var app = builder.Build();
app.UseApiGateway();

// An OpenID Connect provider in small, so that the sample needs no network: its discovery document, its keys, and tokens for the asking.
var issuer = new Issuer();
app.MapGet("/issuer/.well-known/openid-configuration", static (HttpRequest request) => Issuer.Discovery(AddressOf(request)));
app.MapGet("/issuer/keys", issuer.Keys);
app.MapGet("/issuer/token", Token);

await app.RunAsync();

ContentHttpResult Token(HttpRequest request, string scope = "", string department = "sales", string audience = "orders-api") =>
    TypedResults.Text(issuer.Sign(AddressOf(request), scope, department, audience));

static string AddressOf(HttpRequest request) => $"{request.Scheme}://{request.Host}/issuer";
