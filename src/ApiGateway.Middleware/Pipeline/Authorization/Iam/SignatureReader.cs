using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Signing;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Reads a request's signature and makes all checks that cost no hash: form, scope, time.</summary>
internal sealed class SignatureReader
{
    private const int SignatureDigits = 64;
    private const int MaxAccessKeyIdLength = 128;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private readonly SigV4Options _options;
    private readonly string[] _regions;
    private readonly string[] _services;
    private readonly TimeProvider _time;

    public SignatureReader(SigV4Options options, string region, TimeProvider time)
    {
        _options = options;
        _regions = options.AcceptedRegions.Count > 0 ? [.. options.AcceptedRegions] : [region];
        _services = options.AcceptedServices.Count > 0 ? [.. options.AcceptedServices] : ["execute-api"];
        _time = time;
    }

    /// <summary>Reads the signature, or says why the request cannot hold one that is good.</summary>
    public bool TryRead(
        in SignedHttpRequest request, [NotNullWhen(true)] out SignatureClaim? claim, [NotNullWhen(false)] out GatewayRefusal? refusal)
    {
        claim = null;
        var authorization = request.Headers.Authorization;
        var hasHeader = authorization.Count > 1 || !string.IsNullOrWhiteSpace(authorization.ToString());
        var isPresigned = QuerySignature.IsIn(request.Query);
        SignatureParts? parts;
        if (isPresigned && hasHeader)
        {
            refusal = SignatureMessages.TwoMechanisms;
            return false;
        }
        else if (isPresigned)
        {
            refusal = QuerySignature.Read(request, out parts);
        }
        else if (hasHeader)
        {
            refusal = HeaderSignature.Read(request, _options.LegacyHeaderEcho, out parts);
        }
        else
        {
            refusal = GatewayRefusal.MissingAuthenticationToken;
            return false;
        }

        refusal ??= Check(request, parts, out claim);
        return refusal is null;
    }

    /// <summary>Tells whether the id may be that of an access key, so that the store is asked about nothing else.</summary>
    public bool IsAccessKeyId(string id)
    {
        if (id.Length < _options.MinAccessKeyIdLength || id.Length > MaxAccessKeyIdLength)
        {
            return false;
        }

        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }

    private GatewayRefusal? Check(in SignedHttpRequest request, SignatureParts parts, out SignatureClaim? claim)
    {
        claim = null;
        if (!TryTimestamp(parts.Date!, parts.IsPresigned, out var signedAt, out var timestamp))
        {
            return SignatureMessages.BadDate(parts.Date!);
        }

        var refusal = CheckScope(parts.Credential!, timestamp, out var accessKeyId, out var scope)
            ?? CheckTime(parts, signedAt, timestamp)
            ?? CheckHeaders(request, parts.SignedHeaders!);
        var signature = parts.Signature!;
        if (refusal is null && (signature.Length != SignatureDigits || signature.AsSpan().ContainsAnyExcept(LowerHex)))
        {
            refusal = GatewayRefusal.SignatureMismatch;
        }

        if (refusal is not null)
        {
            return refusal;
        }

        claim = new SignatureClaim
        {
            IsPresigned = parts.IsPresigned,
            AccessKeyId = accessKeyId,
            Timestamp = timestamp,
            Scope = scope,
            SignedHeaders = parts.SignedHeaders!,
            Signature = Convert.FromHexString(signature),
            Token = parts.Token,
            HasUnsignedPayload = parts.ContentSha256 == "UNSIGNED-PAYLOAD",
        };
        return null;
    }

    private static bool TryTimestamp(string date, bool isPresigned, out DateTimeOffset signedAt, out string timestamp)
    {
        timestamp = date;
        if (DateTimeOffset.TryParseExact(
            date, SignatureMessages.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out signedAt))
        {
            return true;
        }

        if (isPresigned || !DateTimeOffset.TryParseExact(date, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out signedAt))
        {
            return false;
        }

        timestamp = signedAt.UtcDateTime.ToString(SignatureMessages.TimeFormat, CultureInfo.InvariantCulture);
        return true;
    }

    private GatewayRefusal? CheckScope(string credential, string timestamp, out string accessKeyId, out CredentialScope scope)
    {
        accessKeyId = "";
        scope = default;
        Span<Range> pieces = stackalloc Range[6];
        var text = credential.AsSpan();
        if (text.Split(pieces, '/') != 5)
        {
            return SignatureMessages.BadCredential(credential);
        }

        var date = text[pieces[1]];
        var region = text[pieces[2]];
        var service = text[pieces[3]];
        var terminator = text[pieces[4]];
        var knownRegion = Known(_regions, region);
        var knownService = Known(_services, service);
        var hasDate = date.SequenceEqual(timestamp.AsSpan(0, 8));
        var hasTerminator = terminator.SequenceEqual(CredentialScope.Terminator);
        if (knownRegion is null || knownService is null || !hasDate || !hasTerminator)
        {
            return SignatureMessages.BadScope(
                hasTerminator ? null : SignatureMessages.BadTerminator(terminator),
                knownRegion is null ? SignatureMessages.BadRegion(region) : null,
                knownService is null ? SignatureMessages.BadService(_services[0]) : null,
                hasDate ? null : SignatureMessages.BadScopeDate(date, timestamp));
        }

        accessKeyId = text[pieces[0]].ToString();
        scope = new CredentialScope(date.ToString(), knownRegion, knownService);
        return null;
    }

    private GatewayRefusal? CheckTime(SignatureParts parts, DateTimeOffset signedAt, string timestamp)
    {
        // Whole seconds, as timestamps have: the message must not contradict itself.
        var now = _time.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
        var life = _options.ClockSkew;
        if (parts.Expires is { } expires)
        {
            var longest = (long)_options.MaxPresignedLifetime.TotalSeconds;
            if (!long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds < 1 || seconds > longest)
            {
                return SignatureMessages.BadExpires(longest);
            }

            life = TimeSpan.FromSeconds(seconds);
        }

        if (now - signedAt > life)
        {
            return SignatureMessages.Expired(timestamp, now, life);
        }

        return signedAt - now > _options.ClockSkew ? SignatureMessages.NotYetCurrent(timestamp, now, _options.ClockSkew) : null;
    }

    private GatewayRefusal? CheckHeaders(in SignedHttpRequest request, string signedHeaders)
    {
        var last = ReadOnlySpan<char>.Empty;
        var hasHost = false;
        foreach (var range in signedHeaders.AsSpan().Split(';'))
        {
            var name = signedHeaders.AsSpan()[range];

            // No canonical form has such names, so that the signature could not match.
            if (name.IsEmpty || name.ContainsAnyInRange('A', 'Z') || name.SequenceCompareTo(last) <= 0)
            {
                return GatewayRefusal.SignatureMismatch;
            }

            hasHost |= name.SequenceEqual("host");
            last = name;
        }

        if (!hasHost)
        {
            return SignatureMessages.HostNotSigned;
        }

        return _options.RequireSignedAmzHeaders && HasUnsignedAmzHeader(request, signedHeaders) ? GatewayRefusal.SignatureMismatch : null;
    }

    private static bool HasUnsignedAmzHeader(in SignedHttpRequest request, string signedHeaders)
    {
        foreach (var (name, _) in request.Headers)
        {
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !name.Equals(HeaderSignature.TokenHeader, StringComparison.OrdinalIgnoreCase)
                && !IsListed(signedHeaders, name))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsListed(string signedHeaders, string name)
    {
        foreach (var range in signedHeaders.AsSpan().Split(';'))
        {
            if (signedHeaders.AsSpan()[range].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Gives the string that is there already.
    private static string? Known(string[] values, ReadOnlySpan<char> value)
    {
        foreach (var known in values)
        {
            if (value.SequenceEqual(known))
            {
                return known;
            }
        }

        return null;
    }
}
