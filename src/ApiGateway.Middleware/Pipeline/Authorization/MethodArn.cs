using System.Buffers;
using System.Globalization;
using System.Text;
using ApiGateway.Middleware.Context;
using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Pipeline.Authorization;

/// <summary>The ARN of the method that a request asks, with its path decoded once, so that a policy sees what the router matched.</summary>
internal ref struct MethodArn : IDisposable
{
    /// <summary>The longest ARN in bytes where anything is authorized. Source: "Amazon API Gateway quotas and important notes".</summary>
    private const int MaxBytes = 1600;

    private char[]? _buffer;

    private MethodArn(char[] buffer, int length)
    {
        _buffer = buffer;
        Text = buffer.AsSpan(0, length);
    }

    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Gets whether the managed service would refuse the request for its length.</summary>
    public readonly bool IsTooLong => Text.Length > MaxBytes || (Text.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(Text) > MaxBytes);

    public static MethodArn Of(GatewayContext context, AuthorizationPlan plan)
    {
        if (plan.Resource is { } resource)
        {
            var whole = ArrayPool<char>.Shared.Rent(plan.ArnStart.Length + resource.Length);
            plan.ArnStart.CopyTo(whole);
            resource.CopyTo(whole.AsSpan(plan.ArnStart.Length));
            return new MethodArn(whole, plan.ArnStart.Length + resource.Length);
        }

        // HTTP APIs take methods that have no number; a slash at the end of the path is no part of an ARN.
        var method = context.MethodName;
        var path = context.ResourcePath.TrimEnd('/');
        var buffer = ArrayPool<char>.Shared.Rent(plan.ArnStart.Length + method.Length + 1 + path.Length);
        plan.ArnStart.CopyTo(buffer);
        var length = plan.ArnStart.Length;
        method.CopyTo(buffer.AsSpan(length));
        length += method.Length;
        buffer[length++] = '/';
        length += Decode(path, buffer.AsSpan(length));
        return new MethodArn(buffer, length);
    }

    public override readonly string ToString() => Text.ToString();

    public void Dispose()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            Text = default;
            ArrayPool<char>.Shared.Return(buffer);
        }
    }

    private static int Decode(ReadOnlySpan<char> path, Span<char> target)
    {
        if (!path.Contains('%'))
        {
            path.CopyTo(target);
            return path.Length;
        }

        // The first step has refused what does not decode to UTF-8.
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(path.Length));
        var length = 0;
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == '%' && i + 2 < path.Length
                && byte.TryParse(path.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes[length++] = value;
                i += 2;
            }
            else
            {
                var size = char.IsHighSurrogate(path[i]) && i + 1 < path.Length ? 2 : 1;
                length += Encoding.UTF8.GetBytes(path.Slice(i, size), bytes.AsSpan(length));
                i += size - 1;
            }
        }

        var written = Encoding.UTF8.GetChars(bytes.AsSpan(0, length), target);
        ArrayPool<byte>.Shared.Return(bytes);
        return written;
    }
}
