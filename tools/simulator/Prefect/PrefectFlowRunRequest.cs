using System.Globalization;
using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>The body of create_flow_run.</summary>
internal sealed record PrefectFlowRunRequest(
    string? Name, string? IdempotencyKey, IReadOnlyList<string> Tags, JsonElement? Parameters, bool? EnforcesSchema, string? StateType,
    DateTimeOffset? ScheduledFor)
{
    private static readonly Dictionary<string, (JsonValueKind[] Kinds, string Type, string Message)> Fields = new()
    {
        ["parameters"] = ([JsonValueKind.Object], "dict_type", "Input should be a valid dictionary"),
        ["context"] = ([JsonValueKind.Object], "dict_type", "Input should be a valid dictionary"),
        ["labels"] = ([JsonValueKind.Object], "dict_type", "Input should be a valid dictionary"),
        ["job_variables"] = ([JsonValueKind.Object], "dict_type", "Input should be a valid dictionary"),
        ["empirical_policy"] = ([JsonValueKind.Object], "dict_type", "Input should be a valid dictionary"),
        ["state"] = ([JsonValueKind.Object], "model_attributes_type", "Input should be a valid dictionary or object to extract fields from"),
        ["tags"] = ([JsonValueKind.Array], "list_type", "Input should be a valid list"),
        ["name"] = ([JsonValueKind.String], "string_type", "Input should be a valid string"),
        ["idempotency_key"] = ([JsonValueKind.String], "string_type", "Input should be a valid string"),
        ["work_queue_name"] = ([JsonValueKind.String], "string_type", "Input should be a valid string"),
        ["infrastructure_document_id"] = ([JsonValueKind.String], "uuid_type", "UUID input should be a string, bytes or UUID object"),
        ["parent_task_run_id"] = ([JsonValueKind.String], "uuid_type", "UUID input should be a string, bytes or UUID object"),
        ["enforce_parameter_schema"] = ([JsonValueKind.True, JsonValueKind.False], "bool_type", "Input should be a valid boolean"),
    };

    /// <returns>The fields that are wrong, as Prefect's answer lists them.</returns>
    public static IEnumerable<PrefectError> Errors(JsonElement body)
    {
        foreach (var field in body.EnumerateObject())
        {
            if (!Fields.TryGetValue(field.Name, out var rule))
            {
                yield return new("extra_forbidden", ["body", field.Name], "Extra inputs are not permitted", field.Value);
            }
            else if (!body.IsAbsentOr(field.Name, rule.Kinds))
            {
                yield return new(rule.Type, ["body", field.Name], rule.Message, field.Value);
            }
        }

        foreach (var (tag, at) in (body.Items("tags") ?? []).Select((tag, at) => (tag, at)).Where(tag => !tag.tag.IsText()))
        {
            yield return new("string_type", ["body", "tags", at], "Input should be a valid string", tag);
        }

        if (body.Field("state") is { ValueKind: JsonValueKind.Object } state && !PrefectState.Names.ContainsKey(state.Text("type") ?? ""))
        {
            yield return PrefectError.OfStateType(["body", "state", "type"], state);
        }
    }

    public static PrefectFlowRunRequest From(JsonElement body) => new(
        body.Text("name"),
        body.Text("idempotency_key"),
        [.. (body.Items("tags") ?? []).Select(tag => tag.GetString()!)],
        body.Field("parameters"),
        body.Field("enforce_parameter_schema")?.GetBoolean(),
        body.Field("state")?.Text("type"),
        DateTimeOffset.TryParse(body.Field("state")?.Field("state_details")?.Text("scheduled_time"), CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var scheduled) ? scheduled : null);
}
