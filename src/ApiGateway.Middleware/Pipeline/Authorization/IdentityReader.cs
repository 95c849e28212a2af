using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Integrations.Lambda;
using ApiGateway.Middleware.Snapshots;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>Reads a caller's identity where the authorizer's sources say. A request without all of it does not reach the authorizer.</summary>
internal static class IdentityReader
{
    private const int MaxValidated = 8 * 1024;

    /// <summary>Tells whether the identity is complete, and writes it so that two that differ never look the same: each value with its length,
    /// each source with the number of its values.</summary>
    public static bool TryRead(GatewayContext context, AuthorizerPlan plan, PooledBufferWriter target)
    {
        target.Write(plan.KeyPrefix);
        foreach (ref readonly var source in plan.Sources.AsSpan())
        {
            var isThere = source.Place switch
            {
                IdentityPlace.Header => TryReadHeader(context, plan, source.Name, target),
                IdentityPlace.QueryString => TryReadQuery(context, source.Name, target),
                IdentityPlace.Context => TryReadText(ContextVariables.Find(context, source.Name), target),
                _ => TryReadText(source.Name, target),
            };
            if (!isThere)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Gets the values as texts, of an identity that is complete.</summary>
    public static string[] ValuesOf(GatewayContext context, AuthorizerPlan plan)
    {
        var values = new string[plan.Sources.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var source = plan.Sources[i];
            values[i] = source.Place switch
            {
                IdentityPlace.Header => context.Http.Request.Headers[source.Name].ToString(),
                IdentityPlace.QueryString => RequestParameters.AllQuery(context, source.Name).ToString(),
                IdentityPlace.Context => ContextVariables.Find(context, source.Name) ?? "",
                _ => source.Name,
            };
        }

        return values;
    }

    private static bool TryReadHeader(GatewayContext context, AuthorizerPlan plan, string name, PooledBufferWriter target)
    {
        StringValues values = context.Http.Request.Headers[name];
        if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
        {
            return false;
        }

        // Of two tokens, authorizer and backend might read different ones.
        if (plan.IsToken && (values.Count > 1 || string.IsNullOrWhiteSpace(values[0]) || !IsValid(plan.Validation, values[0]!)))
        {
            return false;
        }

        WriteNumber(target, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Write(target, values[i]);
        }

        return true;
    }

    private static bool TryReadQuery(GatewayContext context, string name, PooledBufferWriter target)
    {
        var count = 0;
        var place = target.Length;
        WriteNumber(target, 0);
        foreach (var parameter in new QueryParameters(context.Target.Query))
        {
            if (!parameter.IsNamed(name))
            {
                continue;
            }

            var start = target.Length;
            WriteNumber(target, 0);
            PercentDecoding.Write(target, parameter.Value, plusIsSpace: true);
            var length = target.Length - start - sizeof(int);
            if (count++ == 0 && length == 0)
            {
                return false;
            }

            BinaryPrimitives.WriteInt32LittleEndian(target.Resize(target.Length)[start..], length);
        }

        BinaryPrimitives.WriteInt32LittleEndian(target.Resize(target.Length)[place..], count);
        return count > 0;
    }

    private static bool TryReadText(string? value, PooledBufferWriter target)
    {
        if (string.IsNullOrEmpty(value))
        {
            return false;
        }

        Write(target, value);
        return true;
    }

    private static bool IsValid(Regex? validation, string token)
    {
        if (validation is null)
        {
            return true;
        }

        try
        {
            return token.Length <= MaxValidated && validation.IsMatch(token);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // As it is in memory: an encoding might make two texts the same.
    private static void Write(PooledBufferWriter target, string? value)
    {
        WriteNumber(target, value?.Length ?? -1);
        target.Write(MemoryMarshal.AsBytes(value.AsSpan()));
    }

    private static void WriteNumber(PooledBufferWriter target, int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(target.GetSpan(sizeof(int)), number);
        target.Advance(sizeof(int));
    }
}
