using System.Text.Json;
using Sigma.Simulator.Vendors;

namespace Sigma.Simulator.Prefect;

/// <summary>One wrong field of a request.</summary>
internal sealed record PrefectError(string Type, object[] Loc, string Msg, JsonElement? Input)
{
    public static PrefectError OfStateType(object[] loc, JsonElement state) => state.Field("type") is { } type
        ? new("enum", loc, $"Input should be {string.Join(", ", PrefectState.Names.Keys.SkipLast(1).Select(name => $"'{name}'"))} or 'CRASHED'", type)
        : new("missing", loc, "Field required", state);
}
