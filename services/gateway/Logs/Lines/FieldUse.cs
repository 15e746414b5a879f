namespace Sigma.Gateway.Logs.Lines;

/// <summary>What a field of a JSON record is for.</summary>
internal enum FieldUse
{
    /// <summary>It comes with the line.</summary>
    Field,

    /// <summary>It says where the line is from.</summary>
    Label,

    /// <summary>When it was written.</summary>
    Time,

    /// <summary>The line itself.</summary>
    Text,

    /// <summary>How bad it is.</summary>
    Level,
}

/// <summary>A field's name and use.</summary>
/// <param name="Use">What it is for.</param>
/// <param name="Name">Its name, with dots; of a label, the label's.</param>
/// <param name="Rank">Of several for one use the lowest counts.</param>
internal sealed record KnownField(FieldUse Use, string Name, int Rank = 0);
