namespace Sigma.Fetcher.Sources;

/// <summary>All sources that the settings name, beside Segware.</summary>
internal sealed class SourceSet
{
    readonly Dictionary<string, IPolledSource> _byName;

    public SourceSet(IEnumerable<ISourceReader> readers)
    {
        All = [.. readers.SelectMany(reader => reader.Read())];
        _byName = All.ToDictionary(source => source.Plan.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>In the order of the settings.</summary>
    public IReadOnlyList<IPolledSource> All { get; }

    public IPolledSource? Find(string name) => _byName.GetValueOrDefault(name);
}

/// <summary>Makes the sources of a kind from the settings.</summary>
internal interface ISourceReader
{
    /// <summary>Reads them all, once.</summary>
    IEnumerable<IPolledSource> Read();
}
