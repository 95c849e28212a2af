namespace ApiGateway.Middleware.Contracts;

/// <summary>The results of authorizers that the gateway remembers. Take it from the container.</summary>
public interface IAuthorizerResults
{
    /// <summary>Forgets all results of a stage, such as after a token was withdrawn; <c>FlushStageAuthorizersCache</c>.</summary>
    /// <param name="apiId">The API's id.</param>
    /// <param name="stage">The stage's name.</param>
    /// <remarks>Requests that arrive afterwards ask anew, even while an earlier request is still asking.</remarks>
    void Flush(string apiId, string stage);
}
