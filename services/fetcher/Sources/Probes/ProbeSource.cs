using System.Globalization;
using Sigma.Contracts;
using Sigma.Fetcher.Sources.Conditions;
using Sigma.Hosting.Texts;
using Sigma.Probes;

namespace Sigma.Fetcher.Sources.Probes;

/// <summary>A configured check: a probe with its parameters and labels.</summary>
internal sealed class ProbeSource(CheckOptions check, IProbe probe, object parameters, SourcePlan plan) : IPolledSource
{
    const string Up = "probe_up", DownKey = "down";
    const int Most = 200, LongestSeries = 200, LongestKey = 150, MostLabels = ConditionLabels.Most, LongestLabels = ConditionLabels.Longest;

    public SourcePlan Plan => plan;

    public IReadOnlyList<Sample> SamplesOfFailure(DateTimeOffset at) => [new() { Series = Up, Labels = SampleLabels([]), Value = 0, At = at }];

    public async Task<SourceLook> Look(SourceMemory memory, CancellationToken ct)
    {
        var answer = await probe.Check(parameters, ct)
            ?? throw new InvalidDataException("the probe has answered with nothing");
        if (Fault(answer) is { } fault)
            throw new InvalidDataException($"the probe's answer cannot be used: {fault}");
        var down = answer.IsUp == false;
        var inARow = down ? Count(memory.Note) + 1 : 0;
        List<SeenCondition> conditions = [.. answer.Conditions.Select(Seen)];
        if (down && inARow >= check.After)
            conditions.Insert(0, new()
            {
                ExternalId = DownKey, Labels = OwnLabels([]), Fires = true, Severity = check.Severity,
                Title = $"{check.Name}: {PlainLine.Of(answer.Reason) switch { "" => "not as it should be", var said => said }}",
            });
        return new()
        {
            State = down ? SourceState.Down : SourceState.Ok, Reason = answer.Reason, Conditions = conditions, IsOverUnlessSeen = _ => true,
            Note = inARow.ToString(CultureInfo.InvariantCulture), Samples = [.. Samples(answer, memory.Now)],
            Beats = [.. answer.Beats.Select(beat => new Beat
                { Labels = OwnLabels(beat.Labels), At = beat.At.ToUniversalTime(), Fails = beat.Fails, Text = beat.Text })],
        };
    }

    IEnumerable<Sample> Samples(ProbeAnswer answer, DateTimeOffset at)
    {
        if (answer.IsUp is { } up)
            yield return new() { Series = Up, Labels = SampleLabels([]), Value = up ? 1 : 0, At = at };
        foreach (var sample in answer.Samples)
            yield return new() { Series = sample.Series, Labels = SampleLabels(sample.Labels), Value = sample.Value, At = at };
    }

    SeenCondition Seen(ProbeCondition condition) => new()
    {
        ExternalId = $"probe:{condition.Key}", Labels = OwnLabels(condition.Labels), Fires = true,
        Severity = condition.Severity ?? check.Severity, Title = $"{check.Name}: {condition.Title}", StartedAt = condition.Since, Url = condition.Url,
    };

    Dictionary<string, string> SampleLabels(IEnumerable<KeyValuePair<string, string>> own) =>
        new(OwnLabels(own)) { ["probe"] = probe.Name };

    Dictionary<string, string> OwnLabels(IEnumerable<KeyValuePair<string, string>> own)
    {
        Dictionary<string, string> labels = new(check.Labels);
        foreach (var (name, value) in own)
            labels[name.ToLowerInvariant()] = value;
        labels["check"] = check.Name;
        return labels;
    }

    // One item that breaks the contract would have all of its batch refused.
    string? Fault(ProbeAnswer answer) =>
        answer.Samples.Count > Most || answer.Conditions.Count > Most || answer.Beats.Count > Most ? $"it has more than {Most} of a kind"
        : answer.Samples.FirstOrDefault(sample => sample.Series is not { Length: > 0 and <= LongestSeries }) is not null
            ? $"a series has a name that is not 1 to {LongestSeries} characters long"
        : answer.Samples.FirstOrDefault(sample => !double.IsFinite(sample.Value)) is { } odd ? $"{odd.Series} is no number"
        : answer.Conditions.Any(one => one.Key is not { Length: > 0 and <= LongestKey }) ? $"a condition has a key that is not 1 to {LongestKey} long"
        : answer.Conditions.Select(one => one.Key).Distinct().Count() < answer.Conditions.Count ? "two conditions have the same key"
        : answer.Conditions.Any(one => one.Severity is not (null or "critical" or "high" or "medium" or "low" or "info"))
            ? "a condition has a severity that is none of critical, high, medium, low, info"
        : answer.Beats.Any(one => one.At.UtcDateTime.Year is < 2000 or > 2199) ? "a beat has a time that nobody can mean"
        : answer.Samples.Select(one => one.Labels).Concat(answer.Conditions.Select(one => one.Labels)).Concat(answer.Beats.Select(one => one.Labels))
            .Select(own => own.Any(label => label.Value is null) ? null : SampleLabels(own))
            .Any(all => all is null || !ConditionLabels.Fit(all))
            ? $"its labels are more than {MostLabels}, longer than {LongestLabels} characters, or without a value" : null;

    static int Count(string? note) => int.TryParse(note, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
