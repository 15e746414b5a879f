using System.Globalization;
using System.Text.Json.Nodes;
using Sigma.OperatorConsole.Routes;
using Sigma.OperatorConsole.Rules;

namespace Sigma.OperatorConsole.Pages.Routes;

/// <summary>An escalation, as it is typed: a line of fields a step.</summary>
public sealed class EscalationForm : PolicyEntryForm
{
    /// <summary>Steps an escalation may have.</summary>
    internal const int MostSteps = 10;

    // Lines for steps to come.
    const int Spare = 2;

    /// <summary>The steps; a line in which nothing is typed is none.</summary>
    public List<StepForm> Steps { get; set; } = [];

    /// <summary>How often all of them are repeated.</summary>
    public string? Repeat { get; set; }

    /// <summary>The duration that cannot be read; null when all can.</summary>
    internal string? WrongDuration => Said.Select(step => step.After ?? "").FirstOrDefault(after => DurationText.Canonical(after) is null);

    IEnumerable<StepForm> Said => Steps.Where(step => !step.IsEmpty);

    internal static EscalationForm Of(JsonObject? entry, string name, long revision) => new EscalationForm
    {
        Revision = revision, Was = entry is null ? null : name, Name = name, Repeat = entry is null ? "" : PolicyDraft.Number(entry, "Repeat"),
        Steps =
        [
            .. (entry is null ? [] : PolicyDraft.Entries(entry, "Steps"))
                .Select(step => new StepForm { After = Text(step, "After"), Receiver = Text(step, "Receiver") }),
        ],
    }.WithSpareLines();

    /// <summary>With empty lines at the end.</summary>
    internal EscalationForm WithSpareLines()
    {
        Steps = [.. Said];
        for (var i = 0; i < Spare && Steps.Count < MostSteps; i++)
            Steps.Add(new());
        return this;
    }

    /// <summary>As the policy has it.</summary>
    internal Dictionary<string, JsonNode?> Entry() => new()
    {
        ["Name"] = Name?.Trim() ?? "",
        ["Steps"] = new JsonArray([.. Said.Select(step => new JsonObject
        {
            ["After"] = DurationText.Canonical(step.After ?? "") ?? step.After, ["Receiver"] = step.Receiver?.Trim() ?? "",
        })]),
        ["Repeat"] = int.TryParse(Repeat, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times : null,
    };
}

/// <summary>A step, as it is typed.</summary>
public sealed class StepForm
{
    /// <summary>So long after the one before it.</summary>
    public string? After { get; set; }

    /// <summary>Who is told.</summary>
    public string? Receiver { get; set; }

    internal bool IsEmpty => string.IsNullOrWhiteSpace(After) && string.IsNullOrWhiteSpace(Receiver);
}
