namespace Sigma.Storage.ClockSteps;

/// <summary>
/// Takes back what rows say of the future: whoever wrote them had a clock that was ahead. Every repair may be repeated, and finds nothing, by an
/// index, where all clocks are right.
/// </summary>
public interface IClockStepRepair
{
    /// <summary>Mends the rows; returns how many.</summary>
    /// <param name="session">A transaction of its own, which the caller commits.</param>
    /// <param name="now">The time as stored.</param>
    /// <param name="ct">The service stops.</param>
    Task<int> Repair(DbSession session, long now, CancellationToken ct);
}
