using System.ComponentModel.DataAnnotations;

namespace Sigma.Fetcher.Sources;

/// <summary>Each source has a name of its own, whatever its kind: by it rules, history and the console know it.</summary>
internal static class SourceNames
{
    /// <summary>What is wrong with the names of all sources together.</summary>
    public static IEnumerable<ValidationResult> Twins(FetcherOptions options)
    {
        Dictionary<string, string> known = new(StringComparer.OrdinalIgnoreCase) { [options.Source] = nameof(FetcherOptions.Source) };
        foreach (var (key, name) in All(options))
            if (name.Length > 0 && !known.TryAdd(name, key))
                yield return new ValidationResult($"is {name}, which is the name of another source ({known[name]})", [key]);
    }

    static IEnumerable<(string Key, string Name)> All(FetcherOptions options) =>
        options.StatusFeeds.Select((feed, at) => ($"StatusFeeds__{at}__Name", feed.Name))
            .Concat(options.Probes.Checks.Select((check, at) => ($"Probes__Checks__{at}__Name", check.Name)))
            .Concat(options.Prefect.Select((server, at) => ($"Prefect__{at}__Name", server.Name)));
}
