using System.Security.Claims;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole.Access;

namespace Sigma.OperatorConsole.Board;

/// <summary>The views that somebody has saved, below <c>/api/v1/views</c>.</summary>
internal static class ViewsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var views = api.MapGroup("/views").WithTags("Views");
        views.MapGet("", List).WithName("ListViews").WithSummary("One's own saved views").Produces<IReadOnlyList<SavedView>>();
        views.MapPut("", Save).WithName("SaveView").WithSummary("Saves a view, in the place of the one of the same name").Produces<SavedView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        views.MapDelete("", Delete).WithName("DeleteView").WithSummary("Deletes a view").Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    static async Task<IResult> List(ClaimsPrincipal user, SavedViews views, CancellationToken ct) =>
        Results.Ok(await views.List(Caller.Of(user), ct));

    static async Task<IResult> Save(SavedView body, ClaimsPrincipal user, SavedViews views, CancellationToken ct) =>
        await views.Save(body.Name, body.Query, Caller.Of(user), ct) switch
        {
            SaveOutcome.Saved => Results.Ok(new SavedView(body.Name.Trim(), BoardFilter.Parse(body.Query).ToQuery())),
            SaveOutcome.NameInvalid => Problems.Refused([$"name has 1 to {SavedViews.LongestName} characters that can be shown"]),
            SaveOutcome.TooMany => Problems.Refused([$"there are {SavedViews.Most} views already"]),
            _ => Problems.Refused([$"query has more than {SavedViews.LongestQuery} characters"]),
        };

    static async Task<IResult> Delete(string name, ClaimsPrincipal user, SavedViews views, CancellationToken ct) =>
        await views.Delete(name, Caller.Of(user), ct) ? Results.NoContent() : Problems.NotFound($"There is no view {name}.");
}
