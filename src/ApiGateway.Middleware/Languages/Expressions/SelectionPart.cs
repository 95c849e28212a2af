namespace ApiGateway.Middleware.Languages.Expressions;

/// <summary>A part of a selection expression.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Text">The text, or the name of the header.</param>
/// <param name="Path">The way to the value in the message.</param>
internal sealed record SelectionPart(SelectionPartKind Kind, string Text, SelectionStep[] Path);
