using System.Globalization;

namespace Sigma.Archive.Logs;

/// <summary>Where a line is: its time, which says the day, and its place within the day's file. Ordered by age, the newest last.</summary>
/// <param name="Ticks">Its time.</param>
/// <param name="IsNotable">In which of the day's two files it is.</param>
/// <param name="Block">The block of the file.</param>
/// <param name="Index">The place in the block.</param>
internal readonly record struct LineId(long Ticks, bool IsNotable, long Block, int Index) : IComparable<LineId>
{
    const NumberStyles Hex = NumberStyles.AllowHexSpecifier;

    /// <summary>After all lines of this moment.</summary>
    public static LineId Above(long ticks) => new(ticks, true, long.MaxValue, int.MaxValue);

    public static LineId? Parse(string text) =>
        text.Length < 80 && text.Split('-') is [var time, { Length: > 1 } block, var index] && block[0] is ('n' or 'r')
        && long.TryParse(time, Hex, CultureInfo.InvariantCulture, out var ticks)
        && long.TryParse(block.AsSpan(1), Hex, CultureInfo.InvariantCulture, out var number)
        && int.TryParse(index, Hex, CultureInfo.InvariantCulture, out var place) && ticks >= 0 && number >= 0 && place >= 0
            ? new LineId(ticks, block[0] == 'n', number, place) : null;

    public int CompareTo(LineId other) =>
        Ticks != other.Ticks ? Ticks.CompareTo(other.Ticks)
        : IsNotable != other.IsNotable ? IsNotable.CompareTo(other.IsNotable)
        : Block != other.Block ? Block.CompareTo(other.Block)
        : Index.CompareTo(other.Index);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks:x}-{(IsNotable ? 'n' : 'r')}{Block:x}-{Index:x}");
}
