using Sigma.Hosting.Texts;

namespace Sigma.Hosting.Messaging;

/// <summary>
/// Says what is wrong with a batch of news before anything is done with it. One that breaks the contract ends in the error queue with its reason.
/// </summary>
public static class NewsContract
{
    const int LongestSource = 64, MostItems = 10_000, LongestShown = 40;

    /// <summary>Looks at a batch and at each of its items.</summary>
    /// <param name="what">What its items are called, such as <c>samples</c>.</param>
    /// <param name="source">Its source, of 1 to 64 characters.</param>
    /// <param name="items">Its items, at most 10,000.</param>
    /// <param name="fault">What is wrong with an item, such as <c>has no labels</c>; null when nothing is.</param>
    /// <param name="faultOfBatch">What else is wrong with the batch; null when nothing is.</param>
    /// <exception cref="InvalidDataException">The batch breaks the contract.</exception>
    public static void Check<T>(string what, string? source, IReadOnlyList<T>? items, Func<T, string?> fault, string? faultOfBatch = null)
    {
        var found = source is not { Length: > 0 and <= LongestSource } ? $"its source is not 1 to {LongestSource} characters long"
            : faultOfBatch ?? (items is null ? $"its list of {what} is missing"
            : items.Count > MostItems ? $"it has {items.Count:#,0} {what}, more than {MostItems:#,0}"
            : items.Select((item, index) => item is null ? $"number {index} of its {what} is missing"
                : fault(item) is { } wrong ? $"number {index} of its {what} {wrong}" : null).FirstOrDefault(wrong => wrong is not null));
        if (found is not null)
            throw new InvalidDataException($"Refused: {found} ({what} of {source?.Truncate(LongestShown) ?? "?"})");
    }
}
