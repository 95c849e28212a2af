using System.Runtime.InteropServices;

namespace ApiGateway.Middleware.Integrations.Lambda;

/// <summary>A header of a function's answer.</summary>
/// <param name="Name">The name as the function spells it.</param>
/// <param name="Value">The value.</param>
/// <param name="IsMulti">Whether it comes from <c>multiValueHeaders</c>.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerHeader(string Name, string Value, bool IsMulti);
