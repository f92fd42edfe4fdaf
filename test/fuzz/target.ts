/** What a target of the fuzz is: a named property, and what has to be done when it is over. */
import type fc from "fast-check";

export interface Target {
  readonly name: string;
  /** A property that fast-check runs until its time is up; what fails is shrunk, and shown with its seed. */
  readonly property: fc.IRawProperty<unknown>;
  readonly close?: () => Promise<void>;
}
