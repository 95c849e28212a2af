using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using ApiGateway.Middleware.Buffers;
using ApiGateway.Middleware.Contracts;
using ApiGateway.Middleware.Responses;
using ApiGateway.Middleware.Signing;
using Microsoft.Extensions.Primitives;

namespace ApiGateway.Middleware.Pipeline.Authorization.Iam;

/// <summary>Verifies requests signed with AWS Signature Version 4. Source: "Create a signed AWS API request" in the IAM user guide.</summary>
/// <remarks>
/// In two parts, so that a request that cannot be good is refused before its body is read: <see cref="TryRead"/>, then, with the body
/// in memory, <see cref="VerifyAsync"/>. One instance serves many requests at once.
/// </remarks>
internal sealed class SignatureVerifier(SigV4Options options, string region, ISigV4CredentialStore store, TimeProvider time)
{
    private const string ContentHashHeader = "x-amz-content-sha256";
    private const string UnsignedPayload = "UNSIGNED-PAYLOAD";
    private const int HashDigits = 64;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    // Whoever asks with an unknown id waits as long as with a known one.
    private static readonly SigV4Credential Nobody = new("nobody", "wrong in any case, as long as real ones.");

    private readonly SignatureReader _reader = new(options, region, time);
    private readonly SigningKeyCache _keys = new(time);

    /// <summary>Reads the signature, or says why the request cannot hold one that is good. Computes no hash.</summary>
    public bool TryRead(
        in SignedHttpRequest request, [NotNullWhen(true)] out SignatureClaim? claim, [NotNullWhen(false)] out GatewayRefusal? refusal) =>
        _reader.TryRead(request, out claim, out refusal);

    /// <summary>Finds the caller and verifies the signature.</summary>
    /// <param name="request">The request from which <paramref name="claim"/> was read.</param>
    /// <param name="claim">What the request says about its signature.</param>
    /// <param name="body">The whole body, as it came over the wire, before any content coding is undone.</param>
    /// <param name="cancellationToken">Cancelled when the caller goes away.</param>
    /// <returns>The caller, or the refusal. A store that throws is a refusal with status 500.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<SigV4Result> VerifyAsync(
        SignedHttpRequest request, SignatureClaim claim, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!_reader.IsAccessKeyId(claim.AccessKeyId))
        {
            return new(Verify(request, claim, body.Span, null));
        }

        ValueTask<SigV4Credential?> pending;
        try
        {
            pending = store.FindAsync(claim.AccessKeyId, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new(new SigV4Result(GatewayRefusal.AuthorizerFailure, exception));
        }

        return pending.IsCompletedSuccessfully
            ? new(Verify(request, claim, body.Span, pending.Result))
            : Awaited(pending, request, claim, body, cancellationToken);
    }

    /// <summary>Verifies the signature of a caller who is known, or of one who is not.</summary>
    /// <param name="request">The request from which <paramref name="claim"/> was read.</param>
    /// <param name="claim">What the request says about its signature.</param>
    /// <param name="body">The whole body.</param>
    /// <param name="credential">The caller's key, or <see langword="null"/> if there is none.</param>
    public SigV4Result Verify(in SignedHttpRequest request, SignatureClaim claim, ReadOnlySpan<byte> body, SigV4Credential? credential)
    {
        var isKnown = credential is { IsActive: true };
        var key = _keys.Get(isKnown ? credential! : Nobody, claim.Scope);
        var isVerbose = isKnown && options.VerboseMismatch == true;
        var mismatch = FindMismatch(request, claim, body, key, isVerbose);
        if (!isKnown || !HoldsToken(claim.Token, credential!.SessionToken))
        {
            return new SigV4Result(GatewayRefusal.UnrecognizedClient);
        }

        if (mismatch is not null)
        {
            return new SigV4Result(mismatch);
        }

        // Only now, so that nobody learns from it who has not signed.
        return credential.SessionExpiration <= time.GetUtcNow()
            ? new SigV4Result(GatewayRefusal.ExpiredToken)
            : new SigV4Result(credential);
    }

    private async ValueTask<SigV4Result> Awaited(
        ValueTask<SigV4Credential?> pending, SignedHttpRequest request, SignatureClaim claim, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        SigV4Credential? credential;
        try
        {
            credential = await pending;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            return new SigV4Result(GatewayRefusal.AuthorizerFailure, exception);
        }

        return Verify(request, claim, body.Span, credential);
    }

    private GatewayRefusal? FindMismatch(
        in SignedHttpRequest request, SignatureClaim claim, ReadOnlySpan<byte> body, ReadOnlySpan<byte> key, bool isVerbose)
    {
        Span<char> payloadHash = stackalloc char[HashDigits];
        if (!TryPayloadHash(request, claim, body, ref payloadHash))
        {
            return GatewayRefusal.SignatureMismatch;
        }

        var headers = ArrayPool<KeyValuePair<string, StringValues>>.Shared.Rent(claim.SignedHeaders.AsSpan().Count(';') + 1);
        try
        {
            if (!TrySignedHeaders(request, claim.SignedHeaders, headers, out var count))
            {
                return GatewayRefusal.SignatureMismatch;
            }

            var signed = headers.AsSpan(0, count);
            using var canonical = new PooledBufferWriter();
            using var text = new PooledBufferWriter();
            if (Matches(request, claim, signed, payloadHash, key, "", canonical, text))
            {
                return null;
            }

            // Some signers append the token to an address that they have signed.
            if (claim.IsPresigned && claim.Token is not null
                && Matches(request, claim, signed, payloadHash, key, QuerySignature.Token, canonical, text))
            {
                return null;
            }

            return isVerbose ? SignatureMessages.Mismatch(canonical.WrittenSpan, text.WrittenSpan) : GatewayRefusal.SignatureMismatch;
        }
        finally
        {
            ArrayPool<KeyValuePair<string, StringValues>>.Shared.Return(headers, clearArray: true);
        }
    }

    private bool Matches(
        in SignedHttpRequest request, SignatureClaim claim, ReadOnlySpan<KeyValuePair<string, StringValues>> headers,
        ReadOnlySpan<char> payloadHash, ReadOnlySpan<byte> key, string withoutParameter, PooledBufferWriter canonical, PooledBufferWriter text)
    {
        canonical.Truncate(0);
        text.Truncate(0);
        CanonicalRequest.Write(
            canonical, request.Method, request.Path, request.Query, headers, payloadHash, options.NormalizePath, withoutParameter);
        SignatureV4.WriteStringToSign(text, claim.Timestamp, claim.Scope, canonical.WrittenSpan);
        Span<byte> signature = stackalloc byte[SignatureV4.Size];
        SignatureV4.Sign(key, text.WrittenSpan, signature);
        return CryptographicOperations.FixedTimeEquals(signature, claim.Signature);
    }

    // What a header says about the body is compared, never believed.
    private bool TryPayloadHash(in SignedHttpRequest request, SignatureClaim claim, ReadOnlySpan<byte> body, ref Span<char> payloadHash)
    {
        var said = request.Headers[ContentHashHeader].ToString();
        if (options.AllowUnsignedPayload && claim.IsPresigned && request.IsTls && (claim.HasUnsignedPayload || said == UnsignedPayload))
        {
            UnsignedPayload.CopyTo(payloadHash);
            payloadHash = payloadHash[..UnsignedPayload.Length];
            return true;
        }

        if (body.IsEmpty)
        {
            CanonicalRequest.EmptyPayloadHash.CopyTo(payloadHash);
        }
        else
        {
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(body, hash);
            Convert.TryToHexStringLower(hash, payloadHash, out _);
        }

        var isHash = said.Length == HashDigits && !said.AsSpan().ContainsAnyExcept(Hex);
        return isHash
            ? payloadHash.Equals(said, StringComparison.OrdinalIgnoreCase)
            : !said.StartsWith("STREAMING-", StringComparison.Ordinal);
    }

    private bool TrySignedHeaders(
        in SignedHttpRequest request, string names, KeyValuePair<string, StringValues>[] headers, out int count)
    {
        count = 0;
        foreach (var range in names.AsSpan().Split(';'))
        {
            var name = SignedHeaderNames.Get(names.AsSpan()[range]);
            var values = name == "host" && options.HostOverride is { } host ? new StringValues(host) : request.Headers[name];
            if (values.Count == 0)
            {
                return false;
            }

            headers[count++] = new(name, values);
        }

        return true;
    }

    // Hashed first, so that the time tells nothing of the lengths.
    private static bool HoldsToken(string? presented, string? expected)
    {
        if (presented is null || expected is null)
        {
            return presented is null && expected is null;
        }

        Span<byte> left = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> right = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(presented), left);
        SHA256.HashData(Encoding.UTF8.GetBytes(expected), right);
        return CryptographicOperations.FixedTimeEquals(left, right);
    }
}
