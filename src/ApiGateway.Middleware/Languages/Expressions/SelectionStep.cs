namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>A step into a message: to a member of an object, or to an item of an array.</summary>
/// <param name="Name">The member's name as UTF-8, or <see langword="null"/>.</param>
/// <param name="Index">The item's index.</param>
internal readonly record struct SelectionStep(byte[]? Name, int Index);
