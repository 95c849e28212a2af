using System.Collections.Frozen;
using System.Security.Claims;
using ApiGateway.Middleware.Context;

namespace ApiGateway.Middleware.Tests.Context;

public sealed class CallerFingerprintTests
{
    [Fact]
    public void Fingerprint_WhatDiffers_TellsCallersApart()
    {
        CallerIdentity[] callers =
        [
            new() { PrincipalId = "a" },
            new() { PrincipalId = "b" },
            new() { PrincipalId = "" },
            new() { PrincipalId = "a", Values = Map(("tenant", "1")) },
            new() { PrincipalId = "a", Values = Map(("tenant", "2")) },
            new() { PrincipalId = "a", Values = Map(("tenan", "t1")) },
            new() { PrincipalId = "a", Claims = Map(("tenant", "1")) },
            new() { Claims = Map(("sub", "a"), ("iss", "x")) },
            new() { Claims = Map(("sub", "a"), ("iss", "y")) },
            new() { Claims = Map(("sub", "a"), ("iss", "y"), ("groups", "admin")) },
            new() { Signed = new SignedIdentity { UserArn = "arn:a" } },
            new() { Signed = new SignedIdentity { UserArn = "arn:b" } },
            new() { Signed = new SignedIdentity { Caller = "arn:b" } },
            new() { User = User(("role", "a")) },
            new() { User = User(("role", "b")) },
            new() { User = User(("role", "a"), ("role", "b")) },
        ];

        Assert.Equal(callers.Length, callers.Select(static caller => caller.Fingerprint).Distinct().Count());
        Assert.DoesNotContain(null, callers.Select(static caller => caller.Fingerprint));
    }

    [Fact]
    public void Fingerprint_TwoTokensOfOneCaller_AreOne()
    {
        var one = new CallerIdentity { Claims = Map(("sub", "a"), ("exp", "1"), ("iat", "1"), ("jti", "x")) };
        var other = new CallerIdentity { Claims = Map(("jti", "y"), ("iat", "2"), ("exp", "2"), ("sub", "a")) };

        Assert.Equal(one.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void Fingerprint_NothingKnown_IsNone()
    {
        Assert.Null(new CallerIdentity().Fingerprint);
        Assert.Null(new CallerIdentity { User = new ClaimsPrincipal(new ClaimsIdentity()) }.Fingerprint);
        Assert.Null(new CallerIdentity { Claims = Map(("exp", "1")) }.Fingerprint);
    }

    private static FrozenDictionary<string, string> Map(params (string Name, string Value)[] items) =>
        items.ToFrozenDictionary(static item => item.Name, static item => item.Value, StringComparer.Ordinal);

    private static ClaimsPrincipal User(params (string Type, string Value)[] claims) =>
        new(new ClaimsIdentity(claims.Select(static claim => new Claim(claim.Type, claim.Value)), "test"));
}
