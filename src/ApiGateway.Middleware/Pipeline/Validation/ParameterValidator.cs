using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Validation;

/// <summary>Are the required parameters there, and not blank? Their values are not looked at any closer.</summary>
internal static class ParameterValidator
{
    /// <summary>Gets the names of those that are missing, separated by a comma and a space, or <see langword="null"/> if all are there.</summary>
    public static string? FindMissing(GatewayContext context, ValidationParameter[] parameters)
    {
        for (var i = 0; i < parameters.Length; i++)
        {
            if (!IsThere(context, parameters[i]))
            {
                return NamesFrom(context, parameters, i);
            }
        }

        return null;
    }

    private static string NamesFrom(GatewayContext context, ValidationParameter[] parameters, int first)
    {
        var names = new StringBuilder(parameters[first].Name);
        for (var i = first + 1; i < parameters.Length; i++)
        {
            if (!IsThere(context, parameters[i]))
            {
                names.Append(", ").Append(parameters[i].Name);
            }
        }

        return names.ToString();
    }

    private static bool IsThere(GatewayContext context, in ValidationParameter parameter) => parameter.Place switch
    {
        ValidationPlace.Header => HasHeader(context, parameter.Name),
        ValidationPlace.Path => parameter.Variable >= 0 && !IsBlank(context.ValueOf(context.Route.PathVariables[parameter.Variable])),
        _ => HasQuery(context.Target.Query, parameter.Name),
    };

    private static bool HasHeader(GatewayContext context, string name)
    {
        if (!context.Http.Request.Headers.TryGetValue(name, out StringValues values))
        {
            return false;
        }

        foreach (var value in values)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                return true;
            }
        }

        return false;
    }

    // One value that is not blank is enough where the name comes more than once.
    private static bool HasQuery(ReadOnlySpan<char> query, string name)
    {
        foreach (var parameter in new QueryParameters(query))
        {
            // An encoded name is never shorter, and decoding may allocate.
            if (parameter.Name.Length >= name.Length && parameter.IsNamed(name) && !IsBlank(parameter.Value))
            {
                return true;
            }
        }

        return false;
    }

    // Of encoded text: a plus is a blank, and so are the escapes of white space in ASCII.
    private static bool IsBlank(ReadOnlySpan<char> value)
    {
        while (!value.IsEmpty)
        {
            if (value[0] is '+' || char.IsWhiteSpace(value[0]))
            {
                value = value[1..];
            }
            else if (value is ['%', '2', '0', ..] or ['%', '0', '9' or (>= 'A' and <= 'D') or (>= 'a' and <= 'd'), ..])
            {
                value = value[3..];
            }
            else
            {
                return false;
            }
        }

        return true;
    }
}
