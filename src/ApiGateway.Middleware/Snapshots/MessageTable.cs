using System.Collections.Frozen;
using ApiGateway.Middleware.Languages.Expressions;

namespace ApiGateway.Middleware.Snapshots;

/// <summary>The routes of a WebSocket API's messages in one stage.</summary>
internal sealed class MessageTable
{
    private readonly FrozenDictionary<string, RouteSnapshot>.AlternateLookup<ReadOnlySpan<char>> _byKey;

    /// <summary>Initializes a new instance of the <see cref="MessageTable"/> class.</summary>
    /// <param name="selection">What gives the key of a message's route.</param>
    /// <param name="routes">The routes by key; without those of the connection's life.</param>
    public MessageTable(SelectionExpression selection, IReadOnlyDictionary<string, RouteSnapshot> routes)
    {
        Selection = selection;
        var byKey = routes.ToFrozenDictionary(StringComparer.Ordinal);
        _byKey = byKey.GetAlternateLookup<ReadOnlySpan<char>>();
        Default = byKey.GetValueOrDefault("$default");
    }

    public SelectionExpression Selection { get; }

    /// <summary>Gets the route of messages that no other takes, or <see langword="null"/>.</summary>
    public RouteSnapshot? Default { get; }

    /// <summary>Gets the route that says whether a connection is opened, or <see langword="null"/> if nobody is asked.</summary>
    public RouteSnapshot? Connect { get; init; }

    /// <summary>Gets the route that is told of the end of a connection, or <see langword="null"/>.</summary>
    public RouteSnapshot? Disconnect { get; init; }

    /// <summary>Finds the route of a message, or <see langword="null"/>.</summary>
    /// <param name="key">What the expression gave.</param>
    public RouteSnapshot? Find(ReadOnlySpan<char> key) => _byKey.TryGetValue(key, out var route) ? route : Default;
}
