using System.Security.Claims;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Services;

namespace Sigma.OperatorConsole.Silences;

/// <summary>The silences, below <c>/api/v1/silences</c>.</summary>
internal static class SilencesApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var silences = api.MapGroup("/silences").WithTags("Silences").WithServiceProblems();
        silences.MapGet("", All).WithName("ListSilences").WithSummary("Silences and maintenance windows")
            .WithDescription("Those that last or are to begin; with all=true the newest of all, also those that are over.")
            .Produces<SilenceList>().ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        silences.MapPost("", Add).WithName("AddSilence").WithSummary("Adds a silence")
            .WithDescription("One that is sent again with the same silenceId is the same. Needs the role operator, without limits.")
            .Produces<AddedSilence>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        silences.MapPost("/preview", Preview).WithName("PreviewSilence").WithSummary("The raised alerts that matchers fit")
            .Produces<IReadOnlyList<SilencedAlert>>().ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        silences.MapPost("/{id:guid}/end", End).WithName("EndSilence").WithSummary("Ends a silence that lasts or is to begin")
            .WithDescription("One of the settings is ended there alone: 409. Needs the role operator, without limits.")
            .Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    static async Task<IResult> All(bool? all, ClaimsPrincipal user, SilenceCommands silences, CancellationToken ct) =>
        Results.Ok(await silences.All(all ?? false, Caller.Of(user), ct));

    static async Task<IResult> Add(SilenceOrder body, ClaimsPrincipal user, SilenceCommands silences, CancellationToken ct)
    {
        var id = await silences.Add(body, Caller.Of(user), ct);
        return Results.Created((string?)null, new AddedSilence(id));
    }

    static async Task<IResult> Preview(SilencePreview body, ClaimsPrincipal user, SilenceCommands silences, CancellationToken ct) =>
        Results.Ok(await silences.Preview(body.Matchers, Caller.Of(user), ct));

    static async Task<IResult> End(Guid id, ClaimsPrincipal user, SilenceCommands silences, CancellationToken ct)
    {
        await silences.End(id, Caller.Of(user), ct);
        return Results.NoContent();
    }
}

/// <summary>The silence that was added.</summary>
public sealed record AddedSilence(Guid SilenceId);

/// <summary>Which alerts a silence would be of.</summary>
public sealed record SilencePreview(IReadOnlyList<string> Matchers);
