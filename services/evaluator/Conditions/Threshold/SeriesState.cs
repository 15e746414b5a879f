namespace Sigma.Evaluator.Conditions.Threshold;

/// <summary>
/// What is known of a series: its newest value, since when all values were beyond the limit, and since when all were back beyond the recovery limit.
/// Between the two limits they are neither. Times are milliseconds since 1970.
/// </summary>
/// <param name="At">Time of the newest sample; 0 when there was none.</param>
/// <param name="Value">Its value.</param>
/// <param name="BeyondSince">Time of the first sample of those that are beyond the limit, without another between; null when the newest is
/// not.</param>
/// <param name="NormalSince">The same of those that are normal again.</param>
/// <param name="KnownUntil">Values up to then that are beyond the limit are of a stretch that is known: it ended, or lasts, then.</param>
internal readonly record struct SeriesState(long At, double Value, long? BeyondSince, long? NormalSince, long KnownUntil)
{
    /// <summary>The state after a sample. One that is not newer than the newest changes nothing, unless it <see cref="Tells"/>.</summary>
    public SeriesState With(long at, double value, ValueLimits limits)
    {
        if (at <= At)
            return !Tells(at, value, limits) ? this : this with { KnownUntil = At, NormalSince = NormalSince is null ? null : At };
        var isBeyond = limits.IsBeyond(value);
        return new SeriesState(at, value, isBeyond ? BeyondSince ?? at : null, limits.IsNormal(value) ? NormalSince ?? at : null,
            isBeyond || BeyondSince is not null ? at : KnownUntil);
    }

    /// <summary>
    /// Whether a sample that comes late tells of a stretch beyond the limit that is not known: another evaluator was quicker with what came after it.
    /// </summary>
    public bool Tells(long at, double value, ValueLimits limits) => at <= At && at > KnownUntil && limits.IsBeyond(value);

    /// <summary>Whether it has been beyond the limit for so long.</summary>
    public bool IsBeyondFor(long milliseconds) => BeyondSince is { } since && At - since >= milliseconds;

    /// <summary>Whether it has been normal for so long.</summary>
    public bool IsNormalFor(long milliseconds) => NormalSince is { } since && At - since >= milliseconds;
}
