using ApiGateway.Middleware.Hosting.TestInvoke;
using Microsoft.Extensions.DependencyInjection;

namespace ApiGateway.Middleware.FunctionalTests.Guides;

internal static class TestInvokeExample
{
    public static async Task<TestInvokeResult> RunAsync(IServiceProvider services)
    {
        // Begin.
        var invoker = services.GetRequiredService<IGatewayTestInvoker>();
        var result = await invoker.InvokeAsync(new TestInvokeRequest("orders", "dev", "POST", "/orders/42?expand=lines")
        {
            Headers = { ["X-Tenant"] = "acme" },
            Body = """{"sku":"A1"}""",
        });
        // End.
        return result;
    }
}
