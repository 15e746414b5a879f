namespace Sigma.Simulator;

/// <summary>A setting is wrong; the message is one line that names its key.</summary>
public sealed class SimulatorSettingsException : Exception
{
    /// <summary>Says what is wrong with which key.</summary>
    public SimulatorSettingsException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
