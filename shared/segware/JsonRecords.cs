using System.Runtime.CompilerServices;

namespace Sigma.Segware;

/// <summary>Reads a JSON list record by record while it comes in, so that what is wrong within one record concerns that record alone.</summary>
public static class JsonRecords
{
    /// <summary>The records of a list. Each one holds until the next is asked for.</summary>
    /// <exception cref="NotAListException">The body is something else.</exception>
    /// <exception cref="OverLimitException">The body says that there are more records than a list may have.</exception>
    /// <exception cref="System.Text.Json.JsonException">The list breaks off, or something follows its end.</exception>
    public static async IAsyncEnumerable<JsonRecord> Split(Stream body, [EnumeratorCancellation] CancellationToken ct)
    {
        using RecordSplitter splitter = new();
        while (!splitter.HasEnded)
        {
            splitter.Add(await body.ReadAsync(splitter.Room(), ct));
            while (splitter.Next(out var record))
                yield return record;
        }
    }
}
