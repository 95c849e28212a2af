using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Languages.Expressions;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Context;

/// <summary>An integration's answer, held in memory because a response mapping stands between it and the client.</summary>
/// <remarks>
/// An integration fills it instead of writing to the client. One that refuses the request calls the response writer and leaves it empty.
/// </remarks>
internal sealed class IntegrationAnswer : ISelectionSource
{
    private string? _selection;

    /// <summary>Gets or sets the backend's status, or 0 while there is no answer.</summary>
    public int Status { get; set; }

    /// <summary>Gets whether the integration has answered.</summary>
    public bool IsFilled => Status != 0;

    /// <summary>Gets or sets the text that selects the integration response. The default is the status in digits; a Lambda function's
    /// error message takes its place.</summary>
    public string Selection
    {
        get => _selection ?? StatusTexts.Of(Status);
        set => _selection = value;
    }

    /// <summary>Gets the backend's headers with values that are legal towards the client, at most those that its protocol lets pass.</summary>
    public ParameterList Headers { get; } = new(StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets or sets whether the spelling of the header names is not the backend's, as with HTTP/2.</summary>
    public bool HasLostCase { get; set; }

    /// <summary>Gets or sets whether the integration writes status and headers to the client's response all the same, and holds back
    /// nothing but the body. <see cref="Headers"/> are not filled then.</summary>
    public bool IsBodyAlone { get; set; }

    /// <summary>Gets the body.</summary>
    public PooledBufferWriter Body { get; } = new();

    /// <summary>Gets what the client gets of it. Written by the transformation step.</summary>
    public MethodResult Result { get; } = new();

    /// <summary>Finds a header's lines by its exact name, or none.</summary>
    public StringValues Header(string name)
    {
        foreach (ref readonly var header in Headers.Items)
        {
            if (header.Key.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Key == name || HasLostCase || ClientHeaderNames.Contain(header.Key) ? header.Value : StringValues.Empty;
            }
        }

        return StringValues.Empty;
    }

    int ISelectionSource.StatusCode => Status;

    string? ISelectionSource.Header(string name) => Headers.TryGet(name, out var values) && values is [.., var last] ? last : null;

    string? ISelectionSource.Headers(string name) => Headers.TryGet(name, out var values) ? string.Join(',', values.ToArray()) : null;

    public void Reset()
    {
        Status = 0;
        _selection = null;
        HasLostCase = false;
        IsBodyAlone = false;
        Headers.Clear();
        Body.Dispose();
        Result.Reset();
    }
}
