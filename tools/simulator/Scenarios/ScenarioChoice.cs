using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.Simulator.Scenarios;

internal static class ScenarioChoice
{
    private static readonly JsonSerializerOptions FileSpelling = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static Scenario For(SimulatorOptions options)
    {
        var (key, scenario) =
            options.CustomScenario is { } custom ? (nameof(options.CustomScenario), custom)
            : options.ScenarioFile is { Length: > 0 } file ? (nameof(options.ScenarioFile), Read(file))
            : (nameof(options.Scenario), NamedScenarios.Find(options));

        return scenario is null
            ? throw Wrong(key, $"'{options.Scenario}' is none of {NamedScenarios.Names}")
            : scenario.Complaint is { } complaint ? throw Wrong(key, complaint) : scenario;
    }

    private static Scenario Read(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return JsonSerializer.Deserialize<Scenario>(stream, FileSpelling) ?? throw Wrong(nameof(SimulatorOptions.ScenarioFile), "is empty");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            throw Wrong(nameof(SimulatorOptions.ScenarioFile), $"cannot be read: {unreadable.Message}", unreadable);
        }
    }

    private static SimulatorSettingsException Wrong(string key, string why, Exception? cause = null) =>
        new($"{SimulatorOptions.Section}:{key} {why.TrimEnd('.')}.", cause);
}
