using Microsoft.Extensions.Options;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Affected;

/// <summary>Which of our sites stand on a provider's service in a region.</summary>
internal sealed class AffectedSites(IOptions<FetcherOptions> options)
{
    const string Any = "*";

    readonly IReadOnlyList<AffectedOptions> _table = [.. options.Value.Affected];

    /// <summary>The sites, each once. One that stands on a certain region is not affected by an outage that names none: nobody knows.</summary>
    public IEnumerable<AffectedSite> Of(string provider, IReadOnlyList<string> services, IReadOnlyList<string> regions) => _table
        .Where(row => Fits(row.Provider, [provider]) && Fits(row.Service, services) && Fits(row.Region, regions))
        .Select(row => new AffectedSite(IdOf(row), row.Labels, row.Service == Any ? null : row.Service, row.Region == Any ? null : row.Region))
        .DistinctBy(site => site.Id);

    static bool Fits(string wanted, IReadOnlyList<string> named) =>
        wanted == Any || named.Any(name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase));

    static string IdOf(AffectedOptions row) => $"{Ids.From([row.Service, row.Region, .. row.Labels.OrderBy(label => label.Key, StringComparer.Ordinal)
        .SelectMany(label => (string[])[label.Key, label.Value])]):N}"[..12];
}

/// <summary>A site of ours.</summary>
/// <param name="Id">What it is known by: the same for the same row of the table.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Service">The service it stands on, where the table names one.</param>
/// <param name="Region">The region it stands in, where the table names one.</param>
internal sealed record AffectedSite(string Id, IReadOnlyDictionary<string, string> Labels, string? Service, string? Region);
