using ApiGateway.Middleware.Responses;

namespace ApiGateway.Middleware.Tests.Responses;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("plain\ttext", "plain\ttext", "plain\ttext")]
    [InlineData("a\r\nX: b", "a  X: b", "a  X: b")]
    [InlineData("a\0b", "a b", "a b")]
    [InlineData("a\r\n", "a", "a")]
    [InlineData("caf\u00e9", "caf\u00e9", "caf%C3%A9")]
    [InlineData("bell\u0007", "bell\u0007", "bell%07")]
    public void ForBackendAndForClient_LineBreaks_NeverPass(string value, string backend, string client)
    {
        Assert.Equal(backend, HeaderText.ForBackend(value));
        Assert.Equal(client, HeaderText.ForClient(value));
    }
}
