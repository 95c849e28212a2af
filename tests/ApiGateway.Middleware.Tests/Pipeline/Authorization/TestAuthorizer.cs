using ApiGateway.Middleware.Snapshots;

namespace ApiGateway.Middleware.Tests.Pipeline.Authorization;

/// <summary>Authorizers that differ in what they get and answer.</summary>
internal static class TestAuthorizer
{
    public static readonly AuthorizerPlan Rest = Of(AuthorizerEventForm.Request, AuthorizerAnswerForm.TextPolicy);

    public static AuthorizerPlan Of(AuthorizerEventForm eventForm, AuthorizerAnswerForm answerForm) => new()
    {
        Name = "auth",
        EventForm = eventForm,
        AnswerForm = answerForm,
        Sources = [],
        Lifetime = TimeSpan.Zero,
        KeyPrefix = [],
    };
}
