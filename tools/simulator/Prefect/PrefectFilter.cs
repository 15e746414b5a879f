using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>The body of a filter: criteria, limit, offset and sort.</summary>
internal sealed record PrefectFilter(JsonElement Body)
{
    private const int MostAtOnce = 200;

    /// <returns>What is wrong with limit or offset, or null.</returns>
    public string? Complaint() =>
        Limit < 0 ? "Invalid limit: must be greater than or equal to 0."
        : Limit > MostAtOnce ? $"Invalid limit: must be less than or equal to {MostAtOnce}."
        : Offset < 0 ? "Invalid offset: must be greater than or equal to 0."
        : null;

    /// <summary>Whether the value is among those asked for, or none are: <c>flow_runs.state.type</c>.</summary>
    public bool Allows(string criterion, string? value)
    {
        JsonElement? found = Body;
        foreach (var name in criterion.Split('.'))
        {
            found = found?.Field(name);
        }

        return found?.Items("any_") is not { } any || any.Any(one => one.GetString() == value);
    }

    public IEnumerable<T> Page<T>(IEnumerable<T> found) =>
        (Body.Text("sort")?.EndsWith("_ASC", StringComparison.Ordinal) == true ? found : found.Reverse()).Skip(Offset).Take(Limit);

    private int Limit => Number("limit", MostAtOnce);

    private int Offset => Number("offset", 0);

    private int Number(string name, int otherwise) => Body.Field(name) is { ValueKind: JsonValueKind.Number } given ? given.GetInt32() : otherwise;
}
