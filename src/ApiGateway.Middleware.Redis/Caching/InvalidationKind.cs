namespace ApiGateway.Middleware.Redis.Caching;

/// <summary>What a message between hosts says. The numbers are part of the messages' format.</summary>
internal enum InvalidationKind : byte
{
    /// <summary>An answer was replaced or removed.</summary>
    Entry = 1,

    /// <summary>A stage was flushed.</summary>
    Stage = 2,

    /// <summary>Sent by a host to itself, to see whether messages arrive.</summary>
    Echo = 3,
}
