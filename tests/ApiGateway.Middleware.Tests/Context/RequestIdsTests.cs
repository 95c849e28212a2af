using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Tests.Context;

public sealed class RequestIdsTests
{
    private const int Many = 10_000;

    [Fact]
    public void NewRequestId_Many_AreDifferentUuidsOfVersion4()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Many; i++)
        {
            var id = RequestIds.NewRequestId();
            Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", id);
            Assert.True(ids.Add(id));
        }
    }

    [Fact]
    public void NewExtendedRequestId_Many_AreDifferentAndEndWithAnEqualsSign()
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Many; i++)
        {
            var id = RequestIds.NewExtendedRequestId();
            Assert.Matches("^[A-Za-z0-9_-]{15}=$", id);
            Assert.True(ids.Add(id));
        }
    }

    [Fact]
    public void NewIds_Many_UseEachDigitInEachPlace()
    {
        var requestIds = Enumerable.Range(0, Many).Select(static _ => RequestIds.NewRequestId()).ToList();
        var extended = Enumerable.Range(0, Many).Select(static _ => RequestIds.NewExtendedRequestId()).ToList();

        foreach (var place in Enumerable.Range(0, 36).Except([8, 13, 14, 18, 19, 23]))
        {
            Assert.Equal(16, requestIds.Select(id => id[place]).Distinct().Count());
        }

        foreach (var place in Enumerable.Range(0, 15))
        {
            Assert.Equal(64, extended.Select(id => id[place]).Distinct().Count());
        }
    }
}
