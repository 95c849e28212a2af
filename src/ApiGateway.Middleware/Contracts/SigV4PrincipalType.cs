namespace ApiGateway.Middleware.Contracts;

/// <summary>What the owner of an access key is; <c>aws:PrincipalType</c> in policies.</summary>
public enum SigV4PrincipalType
{
    /// <summary><c>User</c>: a user of an account.</summary>
    User,

    /// <summary><c>Account</c>: the root of an account.</summary>
    Account,

    /// <summary><c>AssumedRole</c>: a session of a role.</summary>
    AssumedRole,

    /// <summary><c>FederatedUser</c>: a federated user of an account.</summary>
    FederatedUser,

    /// <summary><c>Anonymous</c>: nobody in particular.</summary>
    Anonymous,
}
