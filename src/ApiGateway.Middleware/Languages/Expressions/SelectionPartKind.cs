namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>What a part of a selection expression stands for.</summary>
internal enum SelectionPartKind
{
    /// <summary>Itself.</summary>
    Text,

    /// <summary>A value of the message.</summary>
    RequestBody,

    /// <summary>The status of the answer.</summary>
    Status,

    /// <summary>The last value of a header of the answer.</summary>
    Header,

    /// <summary>All values of a header of the answer.</summary>
    Headers,
}
