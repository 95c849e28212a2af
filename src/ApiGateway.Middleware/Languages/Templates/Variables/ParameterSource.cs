using ApiGateway.Middleware.Languages.Values;

namespace ApiGateway.Middleware.Languages.Templates.Variables;

/// <summary>Supplies the parameters of a request to <c>$input.params()</c>, as they are asked for.</summary>
internal abstract class ParameterSource
{
    /// <summary>Gets a source without parameters.</summary>
    public static ParameterSource Empty { get; } = new EmptySource();

    /// <summary>Looks a parameter up by its exact name. Of several values the last counts.</summary>
    public abstract bool TryGet(ParameterLocation location, string name, out string value);

    /// <summary>Puts all parameters of a location into <paramref name="map"/>, in their order.</summary>
    public abstract void CopyTo(ParameterLocation location, ValueMap map);

    private sealed class EmptySource : ParameterSource
    {
        public override bool TryGet(ParameterLocation location, string name, out string value)
        {
            value = string.Empty;
            return false;
        }

        public override void CopyTo(ParameterLocation location, ValueMap map)
        {
        }
    }
}
