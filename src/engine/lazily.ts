/** Works out each value when it is first asked for, and once. Indexes are small: values stand in a list. */
export function lazily<Value>(make: (index: number) => Value): (index: number) => Value {
  const made: Value[] = [];
  return (index) => (made[index] ??= make(index));
}
