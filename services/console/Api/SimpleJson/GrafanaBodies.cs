using System.Text.Json.Serialization;

namespace Sigma.OperatorConsole.Api.SimpleJson;

// Grafana sends more than is looked at, another much with each version: what is not named here is left aside.

/// <summary>What is typed where a series is chosen.</summary>
/// <param name="Target">The beginning of names; empty for all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaSearch(string? Target = null);

/// <summary>What a panel asks for.</summary>
/// <param name="Range">From when until when.</param>
/// <param name="IntervalMs">The shortest step, in milliseconds.</param>
/// <param name="MaxDataPoints">The most points of a series; 300 where nothing is said, never more than 2,000.</param>
/// <param name="Targets">Series, or <c>alerts</c>.</param>
/// <param name="AdhocFilters">What all of it is narrowed by.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaQuery(GrafanaRange? Range = null, double? IntervalMs = null, double? MaxDataPoints = null,
    IReadOnlyList<GrafanaTarget?>? Targets = null, IReadOnlyList<GrafanaFilter?>? AdhocFilters = null);

/// <summary>From when until when, as 2026-11-20T08:00:00Z.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaRange(string? From = null, string? To = null);

/// <summary>One of the things a panel asks for.</summary>
/// <param name="Target">A series, or the beginning of its name and a star, or <c>alerts</c>; null or empty before somebody has chosen.</param>
/// <param name="Type"><c>timeserie</c>, as it is spelt there, or <c>table</c>.</param>
/// <param name="Hide">It is switched off.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaTarget(string? Target = null, string? Type = null, bool? Hide = null);

/// <summary>A filter of a dashboard: a label or field, <c>=</c> or <c>!=</c>, and a value.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaFilter(string? Key = null, string? Operator = null, string? Value = null);

/// <summary>What a dashboard asks to be marked.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaMarks(GrafanaRange? Range = null, GrafanaMark? Annotation = null);

/// <summary>An annotation as a dashboard has it.</summary>
/// <param name="Query">Which alerts, as behind the question mark of the page History: <c>severity=critical</c>; empty for all.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaMark(string? Query = null);

/// <summary>The label or field whose values are asked for.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
internal sealed record GrafanaTag(string? Key = null);
