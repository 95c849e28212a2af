using ApiGateway.Middleware.Hosting;
using ApiGateway.Middleware.Redis.Hosting;
using StackExchange.Redis;
using WebSocketChat;

// appsettings.json has the API: which message goes to which handler. Start it twice, on two ports: both have the same rooms.
var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton<IConnectionMultiplexer>(static services =>
    ConnectionMultiplexer.Connect(services.GetRequiredService<IConfiguration>()["ApiGateway:Redis:Configuration"]!));
builder.Services.AddSingleton<Rooms>();
builder.Services.AddApiGateway()
    .AddRedis(static services => services.GetRequiredService<IConnectionMultiplexer>())
    .AddWebSocketHandler<JoinHandler>("join")
    .AddWebSocketHandler<SayHandler>("say")
    .AddWebSocketHandler<LeaveHandler>("leave");
builder.Services.AddHealthChecks().AddApiGateway().AddApiGatewayRedis();

var app = builder.Build();
app.UseHealthChecks("/healthz");
app.UseApiGateway();
app.UseDefaultFiles();
app.UseStaticFiles();
await app.RunAsync();
