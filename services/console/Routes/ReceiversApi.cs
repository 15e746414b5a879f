using System.Security.Claims;
using Sigma.Hosting.Limits;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Routes;

/// <summary>The receivers, below <c>/api/v1/receivers</c>.</summary>
internal static class ReceiversApi
{
    // A vendor may take its time.
    static readonly EndpointLimits OfTests = EndpointLimits.Small with { Timeout = TimeSpan.FromMinutes(2) };

    public static void Map(IEndpointRouteBuilder api)
    {
        var receivers = api.MapGroup("/receivers").WithTags("Receivers").WithServiceProblems();
        receivers.MapGet("", All).WithName("ListReceivers").WithSummary("The integrations of the receivers, without secrets")
            .Produces<IReadOnlyList<Integration>>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        receivers.MapPost("/{integration}/test", Test).WithName("TestReceiver").WithSummary("Sends a message that says that it is a test")
            .WithDescription(
                "state is sent, accepted (the vendor says later what became of it), failed, uncertain or skipped. Needs the role engineer.")
            .Produces<TestMessageResult>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithLimits(OfTests);
    }

    static async Task<IResult> All(ClaimsPrincipal user, ReceiverCommands receivers, CancellationToken ct) =>
        Results.Ok(await receivers.All(Caller.Of(user), ct));

    static async Task<IResult> Test(string integration, ClaimsPrincipal user, ReceiverCommands receivers, CancellationToken ct) =>
        Results.Ok(await receivers.Test(integration, Caller.Of(user), ct));
}
