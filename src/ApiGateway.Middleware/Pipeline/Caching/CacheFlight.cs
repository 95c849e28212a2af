using ApiGateway.Middleware.Contracts;

namespace ApiGateway.Middleware.Pipeline.Caching;

/// <summary>A call of an integration for whose answer others may wait.</summary>
internal sealed class CacheFlight
{
    private readonly TaskCompletionSource<FlightResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets what came of it.</summary>
    public Task<FlightResult> Result => _result.Task;

    /// <summary>There is an answer for all.</summary>
    public void Land(CachedResponse response) => _result.TrySetResult(new FlightResult(response, IsForOneAlone: false));

    /// <summary>The answer is for the one alone that has asked.</summary>
    public void LandAlone() => _result.TrySetResult(new FlightResult(null, IsForOneAlone: true));

    /// <summary>There is no answer; who waits may try.</summary>
    public void Fail() => _result.TrySetResult(default);
}
