using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Methods;

/// <summary>Calls the methods of values. The result of an unknown method is null.</summary>
internal static class ValueMethods
{
    public static Value Call(Value receiver, in TemplateCall call) => receiver.Kind switch
    {
        ValueKind.String => TextMethods.Call(receiver.Text!, call),
        ValueKind.List => ListMethods.Call(receiver.List!, call),
        ValueKind.Map => MapMethods.Call(receiver.Map!, call),
        ValueKind.Object => receiver.Object is TemplateObject host ? host.CallMethod(call) : Value.Null,
        ValueKind.Boolean => CallBoolean(receiver, call),
        ValueKind.Null => Value.Null,
        _ => NumberMethods.Call(receiver, call),
    };

    /// <summary>Calls what every value has.</summary>
    public static Value CallCommon(Value receiver, in TemplateCall call)
    {
        switch (call.Method)
        {
            case TemplateMethod.ToText:
                var text = receiver.ToText();
                call.Rendering.StepText(text.Length);
                return Value.Of(text);
            case TemplateMethod.EqualTo:
                return Value.Of(call.Count > 0 && ValueComparer.AreSame(receiver, call.Argument(0)));
            case TemplateMethod.Format:
                return TextMethods.Format(call);
            case TemplateMethod.ValueOf:
                return call.Argument(0).IsNull ? Value.Of("null") : call.Argument(0);
            default:
                return Value.Null;
        }
    }

    private static Value CallBoolean(Value receiver, in TemplateCall call) => call.Method switch
    {
        TemplateMethod.BooleanValue => receiver,
        TemplateMethod.CompareTo => Value.Of((long)receiver.Boolean.CompareTo(call.Argument(0).IsTruthy)),
        TemplateMethod.HashCode => Value.Of(receiver.Boolean ? 1231L : 1237L),
        TemplateMethod.ParseBoolean => Value.Of(call.Text(0).Equals("true", StringComparison.OrdinalIgnoreCase)),
        _ => CallCommon(receiver, call),
    };
}
