namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>A function's answer: status, headers, body.</summary>
internal sealed class ProxyAnswer
{
    private const int OkStatus = 200;
    private const int Retained = 64;

    private List<AnswerHeader> _headers = [];

    public int StatusCode { get; set; } = OkStatus;

    /// <summary>Gets the headers in the order of the answer.</summary>
    public List<AnswerHeader> Headers => _headers;

    /// <summary>Gets or sets the body without JSON's escapes. Valid as long as the buffers of the call.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    /// <summary>Gets or sets whether the function says that the body is base64.</summary>
    public bool IsBase64Encoded { get; set; }

    public void Reset()
    {
        StatusCode = OkStatus;
        Body = default;
        IsBase64Encoded = false;
        _headers.Clear();
        if (_headers.Capacity > Retained)
        {
            _headers = [];
        }
    }

    /// <summary>Forgets the headers of one map, because the answer has that map twice.</summary>
    public void RemoveHeaders(bool isMulti) => _headers.RemoveAll(header => header.IsMulti == isMulti);
}
