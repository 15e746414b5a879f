using Sigma.Gateway.Answers;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Intake;

/// <summary>A refusal as senders of webhooks understand it: a status, when to come again, and a sentence as problem details.</summary>
internal static class RefusalAnswer
{
    /// <summary>The answer.</summary>
    public static IResult Of(HttpContext http, RefusedException refused, string? kind = null)
    {
        // Alertmanager gives up on every 4xx.
        var status = refused.Refusal == Refusal.TooMany && kind == IntegrationKind.Alertmanager
            ? StatusCodes.Status503ServiceUnavailable : refused.Status;
        Answer.Headers(http, refused);
        return Results.Problem(refused.Message, statusCode: status);
    }
}
