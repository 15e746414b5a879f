using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Sigma.Storage.Schema;

namespace Sigma.Storage.Revisions;

/// <summary>The two tables of a service whose books people change; its context maps them with <see cref="Map"/>.</summary>
public static class RevisionTables
{
    internal const string Books = "_books", Revisions = "_revisions";

    /// <summary>Adds them to the model of a service.</summary>
    public static void Map(ModelBuilder model, string service)
    {
        model.Entity<BookRow>().ToTable(service + Books);
        model.Entity<RevisionRow>().ToTable(service + Revisions)
            .HasIndex(row => new { row.Book, row.Name, row.Revision }, $"ix_{service}{Revisions}_name");
    }
}

/// <summary>A book and the number of its last change: who must not be behind locks this row.</summary>
[Description("What people can change, each with the number of its last change.")]
[PrimaryKey(nameof(Book))]
internal sealed class BookRow
{
    [MaxLength(32), ByBytes]
    public required string Book { get; init; }

    public long Revision { get; init; }
}

[Description("Every change of a book: what it says since, who changed it, when and why. Rows are never changed.")]
[PrimaryKey(nameof(Book), nameof(Revision))]
internal sealed class RevisionRow
{
    [MaxLength(32), ByBytes]
    public required string Book { get; init; }

    public long Revision { get; init; }

    [MaxLength(100), ByBytes]
    public required string Name { get; init; }

    [MaxLength(64)]
    public required string WhatChanged { get; init; }

    [LongText("mediumtext")]
    public string? Body { get; init; }

    [MaxLength(100)]
    public required string ChangedBy { get; init; }

    [MaxLength(1000)]
    public string? Why { get; init; }

    public DateTimeOffset ChangedAt { get; init; }
}
