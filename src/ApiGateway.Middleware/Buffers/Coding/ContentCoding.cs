namespace ApiGateway.Middleware.Buffers.Coding;

/// <summary>A coding of bodies (RFC 9110 8.4.1; RFC 7932 for Brotli).</summary>
internal enum ContentCoding
{
    /// <summary>None.</summary>
    Identity,

    Gzip,

    /// <summary>The zlib format of RFC 1950, as RFC 9110 has it; read without that frame as well.</summary>
    Deflate,

    Brotli,
}
