namespace WebSockets;

/// <summary>What both servers have beside their sockets: questions about the process.</summary>
internal static class PeerHost
{
    public static WebApplicationBuilder CreateBuilder(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        return builder;
    }

    public static void MapQuestions(WebApplication app, Func<ReadOnlyMemory<byte>, Task> broadcast)
    {
        app.MapGet("/allocated", static () => $"{GC.GetTotalAllocatedBytes(precise: true)}");
        app.MapGet("/memory", static () =>
        {
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            return $"{Environment.WorkingSet}";
        });
        app.MapGet("/broadcast", async () => await broadcast(new byte[100].Select(static _ => (byte)'x').ToArray()));
    }
}
