using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.OpenApi.Hosting;
using HttpApiWithJwt;
using Microsoft.AspNetCore.Http.HttpResults;

// The API is in notes.yaml, as it would stand in a template; appsettings.json says that it is an HTTP API, and names its stage.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddApiGateway()
    .AddOpenApi()
    .AddLambdaFunction("notes", NotesFunction.AnswerAsync);

var app = builder.Build();
app.UseApiGateway();

// An OpenID Connect provider in small, so that the sample needs no network. No route of the API is here, so the application answers.
var issuer = new Issuer();
app.MapGet("/login/.well-known/openid-configuration", static (HttpRequest request) => Issuer.Discovery(AddressOf(request)));
app.MapGet("/login/keys", issuer.Keys);
app.MapGet("/login/token", Token);

await app.RunAsync();

ContentHttpResult Token(HttpRequest request, string scope = "", string audience = "notes") =>
    TypedResults.Text(issuer.Sign(AddressOf(request), scope, audience));

static string AddressOf(HttpRequest request) => $"{request.Scheme}://{request.Host}/login";
