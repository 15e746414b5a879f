using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>POST set_state: accepts, rejects or aborts a transition as Prefect's rules do.</summary>
internal static class SetState
{
    public static async Task<IResult> Run(string id, HttpRequest request, PrefectServer server)
    {
        if (!Guid.TryParse(id, out var guid))
        {
            return PrefectAnswers.NoId();
        }

        if (PostedBody.Json(await PostedBody.Bytes(request)) is not { ValueKind: JsonValueKind.Object } body)
        {
            return PrefectAnswers.NoJson();
        }

        if (body.Field("state") is not { ValueKind: JsonValueKind.Object } state)
        {
            return PrefectAnswers.Invalid([new("missing", ["body", "state"], "Field required", body)], body);
        }

        if (state.Text("type") is not { } type || !PrefectState.Names.ContainsKey(type))
        {
            return PrefectAnswers.Invalid([PrefectError.OfStateType(["body", "state", "type"], state)], body);
        }

        if (server.FlowRuns.FirstOrDefault(run => run.Id == guid) is not { } run)
        {
            return PrefectAnswers.Exception(StatusCodes.Status404NotFound, $"Flow run with id {guid} not found");
        }

        // [U] The reason's words, and that a finished run takes no state at all unless forced.
        if (run.State.IsFinal && body.Field("force") is not { ValueKind: JsonValueKind.True })
        {
            return Answer("ABORT", "abort_details", "This run has already terminated.", null);
        }

        if (type == "CANCELLING" && run.State.Type == "SCHEDULED")
        {
            server.SetState(guid, "CANCELLED");
            return Answer("REJECT", "reject_details", "Scheduled flow run has no infrastructure to terminate.", StateOf(guid, server));
        }

        server.SetState(guid, type, state.Text("name"), state.Text("message"));
        return Answer("ACCEPT", "accept_details", null, StateOf(guid, server));
    }

    private static PrefectState StateOf(Guid id, PrefectServer server) => server.FlowRuns.First(run => run.Id == id).State;

    private static IResult Answer(string status, string type, string? reason, PrefectState? now) => PrefectAnswers.Ok(
        new { state = now is null ? null : PrefectAnswers.State(now), status, details = new { type, reason } },
        now is null ? StatusCodes.Status200OK : StatusCodes.Status201Created);
}
