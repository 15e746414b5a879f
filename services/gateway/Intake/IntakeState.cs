namespace Sigma.Gateway.Intake;

/// <summary>What became of a delivery; stored in small letters.</summary>
internal enum IntakeState
{
    /// <summary>It was understood, and its news is on its way.</summary>
    Kept,

    /// <summary>All of its news had been delivered before.</summary>
    Duplicate,

    /// <summary>It cannot be understood: the sender got 400.</summary>
    Malformed,

    /// <summary>Its signature does not hold.</summary>
    Refused,

    /// <summary>It could not be read by a fault of ours, or not be checked yet; it is read again by itself.</summary>
    Unread,

    /// <summary>Somebody wants it read again, which is done within seconds.</summary>
    Replay,
}
